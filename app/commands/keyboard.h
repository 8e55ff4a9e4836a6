// The Keyboard knows where keys go, as of the last frame: to a text field, to a field
// that is about to get the focus, or to no field, so that they are commands. ImGui's
// own WantTextInput answers a frame late.
#pragma once

namespace backstep {

enum class Typing { nothing, empty_field, text };

class Keyboard {
 public:
  // What a key that is pressed now goes to. In an empty field there is nothing to
  // move in: there arrows are commands.
  Typing keys_go_to() const;

  // The text field that follows is given the keyboard; it has it from the next frame on.
  void focus_next_field();

  // Some field will ask for the keyboard in the next frame.
  void expect_focus();

  // A field has asked for the keyboard and does not have it yet: keys should wait.
  bool is_on_its_way() const;

  // Keys are for what is being chosen here, and are no commands, in the next frame too.
  void keep_keys();

 private:
  int asked_in_ = -1;  // the last frame in which a field asked for it
  int asked_for_ = 0;  // for how many frames in a row
  int kept_in_ = -1;   // the last frame in which keys were kept
};

// A menu or a list is open, and keys are for it.
bool a_menu_is_open();
// A menu, a list or a dialog is open over the window being filled.
bool a_popup_is_open();

}  // namespace backstep
