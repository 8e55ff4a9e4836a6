// A Lexer cuts a program into tokens, one at a time and in order, so that the first
// mistake reported is the first in the text.
#pragma once

#include <string>
#include <string_view>

namespace backstep {

enum class TokenKind { name, number, string, symbol, newline, end };

struct Token {
  TokenKind kind = TokenKind::end;
  std::string_view text;  // for strings without the quotes
  double number = 0;
  int line = 1, column = 1;
  std::size_t begin = 0, end = 0;

  bool is(std::string_view symbol) const { return kind == TokenKind::symbol && text == symbol; }
};

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  // The next token. Inside brackets line ends are skipped, as in Python. Throws
  // ProgramError if there is no token.
  Token next();

 private:
  void skip_blank();
  void skip_comment();
  Token name();
  Token number();
  Token string();
  Token symbol();
  Token finish(TokenKind kind, std::size_t length);
  [[noreturn]] void refuse_character();

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1, column_ = 1;
  int open_brackets_ = 0;
};

}  // namespace backstep
