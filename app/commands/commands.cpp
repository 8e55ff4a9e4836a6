#include "app/commands/commands.h"

#include <GLFW/glfw3.h>

#include <cassert>

namespace backstep {

namespace {

bool is_sign(const Keys& keys) {
  const int key = keys.key;
  const bool letter = key >= 'A' && key <= 'Z', digit = key >= '0' && key <= '9';
  return key > ' ' && key <= '~' && !letter && !digit;
}

// Shift is part of how a sign is written.
bool writes(const Keys& sign, const KeyPress& press) {
  return static_cast<unsigned>(sign.key) == press.character && sign.control == press.control &&
         !press.alt;
}

bool is_key(const Keys& keys, const KeyPress& press) {
  return keys.key != 0 && keys.key == press.key && keys.control == press.control &&
         keys.shift == press.shift && !press.alt;
}

// The arrows, Page Up and Page Down, Home and End.
bool moves(int key) { return key >= GLFW_KEY_RIGHT && key <= GLFW_KEY_END; }

// Whether a text field answers to the key even with Ctrl: moving, deleting, undo,
// and the clipboard.
bool edits_text(int key) {
  switch (key) {
    case GLFW_KEY_Z:
    case GLFW_KEY_Y:
    case GLFW_KEY_A:
    case GLFW_KEY_C:
    case GLFW_KEY_V:
    case GLFW_KEY_X:
    case GLFW_KEY_BACKSPACE:
    case GLFW_KEY_DELETE:
      return true;
    default:
      return moves(key);
  }
}

// In a text field letters are text, and Ctrl+Z, Home or the arrows belong to it; but
// there is nothing to move in while it is empty.
bool means_text(const KeyPress& press, Typing typing) {
  const bool function_key = press.key >= GLFW_KEY_F1 && press.key <= GLFW_KEY_F25;
  if (typing == Typing::nothing || function_key) return false;
  if (typing == Typing::empty_field && moves(press.key)) return false;
  return !press.control || edits_text(press.key);
}

std::string name_of_key(int code) {
  struct Name {
    int code;
    const char* name;
  };
  static constexpr Name names[] = {
      {GLFW_KEY_SPACE, "Space"},     {GLFW_KEY_RIGHT, "→"},     {GLFW_KEY_LEFT, "←"},
      {GLFW_KEY_HOME, "Home"},       {GLFW_KEY_END, "End"},     {GLFW_KEY_PAGE_DOWN, "Page Down"},
      {GLFW_KEY_PAGE_UP, "Page Up"}, {GLFW_KEY_ENTER, "Enter"}, {'-', "−"}};
  for (const Name& row : names)
    if (row.code == code) return row.name;
  if (code >= GLFW_KEY_F1 && code <= GLFW_KEY_F25)
    return "F" + std::to_string(code - GLFW_KEY_F1 + 1);
  return std::string(1, static_cast<char>(code));
}

}  // namespace

const Command& command_of(CommandId id) {
  for (const Command& command : all_commands())
    if (command.id == id) return command;
  assert(false && "every command has a row in the table");
  return all_commands().front();
}

CommandId command_for(Mode mode) {
  return static_cast<CommandId>(static_cast<int>(CommandId::mode_step) + static_cast<int>(mode));
}

CommandId command_for(Precision precision) {
  const auto row = &format_of(precision) - all_precisions().data();
  return static_cast<CommandId>(static_cast<int>(CommandId::use_precision) + static_cast<int>(row));
}

// Keys before signs: where digits need Shift, Ctrl+1 may lie on the key of a sign.
const Command* command_for(const KeyPress& press, Typing typing) {
  if (means_text(press, typing)) return nullptr;
  for (const bool signs : {false, true})
    for (const Command& command : all_commands())
      for (const Keys& keys : {command.keys, command.other_keys})
        if (is_sign(keys) == signs && (signs ? writes(keys, press) : is_key(keys, press)))
          return &command;
  return nullptr;
}

std::string name_of(Keys keys) {
  if (keys.key == 0) return "";
  return std::string(keys.control ? "Ctrl+" : "") + (keys.shift ? "Shift+" : "") +
         name_of_key(keys.key);
}

}  // namespace backstep
