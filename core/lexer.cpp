#include "core/lexer.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

#include "core/program.h"

namespace backstep {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::size_t character_length(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  const std::size_t length = byte < 0x80       ? 1
                             : byte >> 5 == 6  ? 2
                             : byte >> 4 == 14 ? 3
                             : byte >> 3 == 30 ? 4
                                               : 0;
  if (at + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((static_cast<unsigned char>(text[at + i]) & 0xc0) != 0x80) return 0;
  return length;
}

namespace {

// Letters of names: ASCII, accented Latin and Greek, all of which Python takes too.
bool is_letter(std::string_view text, std::size_t at) {
  const char c = text[at];
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_') return true;
  if (character_length(text, at) != 2) return false;
  const int code = (static_cast<unsigned char>(c) & 0x1f) << 6 |
                   (static_cast<unsigned char>(text[at + 1]) & 0x3f);
  const bool latin = code >= 0xc0 && code < 0x250 && code != 0xd7 && code != 0xf7;
  const bool greek = code >= 0x391 && code <= 0x3c9 && code != 0x3a2;
  return latin || greek;
}

}  // namespace

void Lexer::skip_blank() {
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == '#') {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (c == '\n' && open_brackets_ > 0) {
      ++at_;
      ++line_;
      column_ = 1;
    } else if (c == ' ' || c == '\t' || c == '\r') {
      ++at_;
      ++column_;
    } else {
      return;
    }
  }
}

Token Lexer::next() {
  const bool starts_line = at_ == 0 || (text_[at_ - 1] == '\n' && open_brackets_ == 0);
  const int line = line_;
  skip_blank();
  if (at_ >= text_.size()) return finish(TokenKind::end, 0);
  const char c = text_[at_];
  if (c == '\n') {
    const Token token = finish(TokenKind::newline, 1);
    ++line_;
    column_ = 1;
    return token;
  }
  if (starts_line && column_ > 1 && line == line_)
    throw ProgramError(line_, 1, "a line begins at the margin: take the space before it away");
  if (is_digit(c) || (c == '.' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1])))
    return number();
  if (c == '"' || c == '\'') return string();
  if (is_letter(text_, at_)) return name();
  return symbol();
}

Token Lexer::finish(TokenKind kind, std::size_t length) {
  Token token;
  token.kind = kind;
  token.text = text_.substr(at_, length);
  token.line = line_;
  token.column = column_;
  token.begin = at_;
  token.end = at_ + length;
  at_ += length;
  for (char c : token.text) column_ += (c & 0xc0) != 0x80;
  return token;
}

Token Lexer::name() {
  std::size_t length = 0;
  while (at_ + length < text_.size()) {
    if (is_digit(text_[at_ + length])) {
      ++length;
    } else if (is_letter(text_, at_ + length)) {
      length += character_length(text_, at_ + length);
    } else {
      break;
    }
  }
  return finish(TokenKind::name, length);
}

Token Lexer::number() {
  const char* begin = text_.data() + at_;
  const char* end = text_.data() + text_.size();
  double value = 0;
  const auto [stop, problem] = std::from_chars(begin, end, value);
  std::size_t length = static_cast<std::size_t>(stop - begin);
  if (problem == std::errc::result_out_of_range)
    throw ProgramError(line_, column_,
                       "'" + std::string(begin, std::min<std::size_t>(length, 30)) +
                           "' is outside the range of a double");
  if (at_ + length < text_.size() && is_letter(text_, at_ + length))
    throw ProgramError(line_, column_,
                       "a name cannot begin with a digit, and a number ends before the letter");
  if (length > 1 && begin[0] == '0' && is_digit(begin[1]))
    throw ProgramError(line_, column_, "a number does not begin with 0: write it without");
  Token token = finish(TokenKind::number, length);
  token.number = value;
  return token;
}

Token Lexer::string() {
  const char quote = text_[at_];
  const std::size_t close = text_.find_first_of(std::string{quote, '\n'}, at_ + 1);
  if (close == std::string_view::npos || text_[close] == '\n')
    throw ProgramError(line_, column_, std::string("this text never ends: close it with ") + quote);
  for (std::size_t i = at_; i < close; ++i)
    if (text_[i] == '\\') throw ProgramError(line_, column_, "a name in quotes has no backslash");
  Token token = finish(TokenKind::string, close + 1 - at_);
  token.text = token.text.substr(1, token.text.size() - 2);
  return token;
}

Token Lexer::symbol() {
  const std::string_view rest = text_.substr(at_);
  if (rest.starts_with("**")) return finish(TokenKind::symbol, 2);
  if (std::string_view("+-*/@()[],=.").find(rest[0]) == std::string_view::npos) refuse_character();
  if (rest[0] == '(' || rest[0] == '[') ++open_brackets_;
  if ((rest[0] == ')' || rest[0] == ']') && open_brackets_ > 0) --open_brackets_;
  return finish(TokenKind::symbol, 1);
}

void Lexer::refuse_character() {
  const std::size_t length = character_length(text_, at_);
  const auto byte = static_cast<unsigned char>(text_[at_]);
  if (length == 0 || byte < 0x20 || byte == 0x7f) {
    char code[8];
    std::snprintf(code, sizeof code, "0x%02x", byte);
    throw ProgramError(line_, column_,
                       std::string("byte ") + code + " is not text: a program is UTF-8");
  }
  throw ProgramError(line_, column_,
                     "'" + std::string(text_.substr(at_, length)) +
                         "' has no meaning here; operators are + - * / ** @ and .T");
}

}  // namespace backstep
