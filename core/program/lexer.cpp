#include "core/program/lexer.h"

#include <algorithm>
#include <charconv>

#include "core/base/text.h"
#include "core/program/program.h"

namespace backstep {

namespace {

// Whether a letter of names begins at `at`: ASCII, accented Latin or Greek, all of which
// Python allows too.
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

// Characters that come with copied text or are typed out of habit.
struct Lookalike {
  const char* character;
  const char* instead;
};

const Lookalike lookalikes[] = {
    {"^", "a power is written **: x**2"},
    {"\u00b2", "a power is written **: x**2"},
    {"\u2264", "at most is written <="},
    {"\u2265", "at least is written >="},
    {"\u2260", "not equal is written !="},
    {"!", "not equal is written !=, and what does not hold 1 - (a > b)"},
    {"&", "of two comparisons write the product, (a > b) * (c > d)"},
    {"|", "of two comparisons write maximum(a > b, c > d)"},
    {"\u2212", "this is the minus sign of print; type -"},
    {"\u2013", "this is a dash of print; type -"},
    {"\u00d7", "a product is written *, or @ between matrices"},
    {"\u00b7", "a product is written *, or @ between matrices"},
    {"\u00f7", "a quotient is written /"},
    {"\u201c", "these are the quotes of print; type \" instead"},
    {"\u201d", "these are the quotes of print; type \" instead"},
    {"\u2018", "these are the quotes of print; type ' instead"},
    {"\u2019", "these are the quotes of print; type ' instead"},
    {"\u00a0", "this is a space of print; type a plain one"},
    {"{", "a bracket is ( or [; matrices are written [[1.0, 2.0], [3.0, 4.0]]"},
    {";", "one assignment a line, without ;"},
    {"\r", "a line ends with a line feed, and here is a carriage return alone"},
};

}  // namespace

void Lexer::skip_blank() {
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == '#') {
      skip_comment();
    } else if (c == '\n' && open_brackets_ > 0) {
      ++at_;
      ++line_;
      column_ = 1;
    } else if (c == ' ' || c == '\t' || text_.substr(at_).starts_with("\r\n")) {
      ++at_;
      ++column_;
    } else {
      return;
    }
  }
}

// A carriage return alone is refused: to Python it ends the line and so the comment, and
// what follows would be code there and a comment here.
void Lexer::skip_comment() {
  const std::size_t end = std::min(text_.find('\n', at_), text_.size());
  for (; at_ < end; ++at_) {
    if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] != '\n') refuse_character();
    column_ += !continues_character(text_[at_]);
  }
}

Token Lexer::next() {
  if (at_ == 0 && text_.starts_with("\ufeff")) at_ = 3;  // a byte-order mark
  const bool starts_line =
      (line_ == 1 && column_ == 1) || (text_[at_ - 1] == '\n' && open_brackets_ == 0);
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
  column_ += static_cast<int>(character_count(token.text));
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
  const auto length = static_cast<std::size_t>(stop - begin);
  if (problem == std::errc::result_out_of_range)
    throw ProgramError(line_, column_,
                       text("'{}' is outside the range of a double",
                            text_.substr(at_, std::min<std::size_t>(length, 30))));
  if (at_ + length < text_.size() && is_letter(text_, at_ + length))
    throw ProgramError(line_, column_,
                       "a number runs into a letter: a product is written 2 * x, and a name does "
                       "not begin with a digit");
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
    throw ProgramError(line_, column_, text("this text never ends: close it with {}", quote));
  for (std::size_t i = at_; i < close; ++i) {
    if (text_[i] == '\r')
      throw ProgramError(line_, column_, "a name in quotes has no carriage return");
    if (text_[i] == '\\') throw ProgramError(line_, column_, "a name in quotes has no backslash");
  }
  Token token = finish(TokenKind::string, close + 1 - at_);
  token.text = token.text.substr(1, token.text.size() - 2);
  return token;
}

Token Lexer::symbol() {
  const std::string_view rest = text_.substr(at_);
  for (const char* two : {"**", ">=", "<=", "==", "!="})
    if (rest.starts_with(two)) return finish(TokenKind::symbol, 2);
  if (std::string_view("+-*/@()[],:=.<>").find(rest[0]) == std::string_view::npos)
    refuse_character();
  if (rest[0] == '(' || rest[0] == '[') ++open_brackets_;
  if ((rest[0] == ')' || rest[0] == ']') && open_brackets_ > 0) --open_brackets_;
  return finish(TokenKind::symbol, 1);
}

void Lexer::refuse_character() {
  const std::size_t length = std::max<std::size_t>(1, character_length(text_, at_));
  const std::string_view character = text_.substr(at_, length);
  for (const Lookalike& known : lookalikes)
    if (character == known.character) throw ProgramError(line_, column_, known.instead);
  throw ProgramError(
      line_, column_,
      text("'{}' has no meaning here; operators are + - * / ** @ < > <= >= == != and .T",
           character));
}

}  // namespace backstep
