// The Keyboard is where keys go, as the last frame left it: to a text field, to a
// field that is about to have them, or to no field, so that they are commands.
// ImGui's own WantTextInput says so a frame late.
#pragma once

namespace backstep {

enum class Typing { nothing, empty_field, text };

// What a key that is pressed now goes to. In an empty field there is nothing to
// move in: there arrows are commands.
Typing keys_go_to();

// The text field that follows is given the keyboard; it has it from the next frame on.
void focus_next_field();

// Some field will ask for the keyboard in the next frame.
void expect_focus();

// A field has asked for the keyboard and does not have it yet: keys should wait.
bool keyboard_is_on_its_way();

// Keys are for what is being chosen here, and are no commands, in the next frame too.
void keep_keys();

// A menu or a list is open, and keys are for it.
bool a_menu_is_open();
// A menu, a list or a dialog is open over the window being filled.
bool a_popup_is_open();

// Nobody has the keyboard and nobody has asked for it.
void forget_keyboard();

}  // namespace backstep
