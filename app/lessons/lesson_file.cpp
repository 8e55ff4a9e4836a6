#include "app/lessons/lesson_file.h"

#include <algorithm>
#include <charconv>

#include "app/files/text_file.h"
#include "app/lessons/lesson_text.h"
#include "core/base/suggestions.h"
#include "core/base/text.h"

namespace backstep {

namespace {

bool is_blank(const std::string& line) { return trimmed(line).empty(); }

std::vector<SourceLine> lines_of(const std::string& text) {
  std::vector<SourceLine> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back({text.substr(at, end - at), static_cast<int>(lines.size()) + 1});
    at = end + 1;
  }
  return lines;
}

// Reads a lesson line by line: headings, blocks between ``` and ```, and paragraphs.
class LessonReader {
 public:
  LessonReader(const std::string& text, std::vector<LessonMistake>& mistakes)
      : lines_(lines_of(text)), mistakes_(mistakes) {}

  Lesson read() {
    for (; at_ < lines_.size(); ++at_) read_line(lines_[at_]);
    end_paragraph();
    const int end = std::max(1, static_cast<int>(lines_.size()));
    if (lesson_.title.empty()) refuse(1, "a lesson begins with its title: # One neuron with tanh");
    if (lesson_.line.empty())
      refuse(end, "below the title stands one paragraph: the line shown in the list");
    if (!lesson_.program && !lesson_.setup)
      refuse(end, "a lesson has a program (```python) or a network (```json) before its steps");
    if (lesson_.steps.empty()) refuse(end, "a lesson has steps: ## Forward");
    return std::move(lesson_);
  }

 private:
  void read_line(const SourceLine& line) {
    const std::string& text = line.text;
    if (text.compare(0, 3, "```") == 0) return read_block(line);
    if (text.compare(0, 3, "## ") == 0) return begin_step(line);
    if (text.compare(0, 2, "# ") == 0) return read_title(line);
    if (text.compare(0, 1, "#") == 0)
      return refuse(line.number, "a lesson has one title (# …) and steps (## …)");
    const bool bullet = text.compare(0, 2, "- ") == 0;
    if (is_blank(text) || bullet) end_paragraph();
    if (!is_blank(text)) paragraph_.push_back(line);
  }

  void read_title(const SourceLine& line) {
    end_paragraph();
    if (!lesson_.title.empty() || !lesson_.steps.empty())
      refuse(line.number, "a lesson has one title; steps begin with ##");
    lesson_.title = line.text.substr(2);
  }

  void begin_step(const SourceLine& line) {
    end_paragraph();
    LessonStep& step = lesson_.steps.emplace_back();
    step.title = line.text.substr(3);
    step.line = line.number;
  }

  void read_block(const SourceLine& fence) {
    end_paragraph();
    const std::string kind = fence.text.substr(3);
    Block block = {"", fence.number + 1};
    std::vector<SourceLine> inside;
    for (++at_; at_ < lines_.size() && lines_[at_].text.compare(0, 3, "```") != 0; ++at_) {
      inside.push_back(lines_[at_]);
      block.text += lines_[at_].text + "\n";
    }
    if (at_ == lines_.size()) refuse(fence.number, "the ``` that begins here is never closed");
    if (kind == "step") return read_step_block(fence, inside);
    const bool program = kind == "python";
    if (!program && kind != "json")
      return refuse(fence.number,
                    text("'{}' is no kind of block{}", kind,
                         suggestion(kind, {"python", "json", "step"}, "; they are ")));
    std::optional<Block>& place =
        lesson_.steps.empty()
            ? (program ? lesson_.program : lesson_.setup)
            : (program ? lesson_.steps.back().program : lesson_.steps.back().setup);
    if (place) refuse(fence.number, text("there is a {} block already", kind));
    place = std::move(block);
  }

  void read_step_block(const SourceLine& fence, const std::vector<SourceLine>& inside) {
    if (lesson_.steps.empty())
      return refuse(fence.number, "a step block stands in a step, below its ## title");
    for (const SourceLine& line : inside) {
      if (is_blank(line.text)) continue;
      const std::string mistake = read_directive(line.text, line.number, lesson_.steps.back());
      if (!mistake.empty()) refuse(line.number, mistake);
    }
  }

  void end_paragraph() {
    if (paragraph_.empty()) return;
    const int line = paragraph_.front().number;
    Paragraph paragraph = read_paragraph(paragraph_, mistakes_);
    paragraph_.clear();
    if (!lesson_.steps.empty()) {
      lesson_.steps.back().paragraphs.push_back(std::move(paragraph));
      return;
    }
    if (!lesson_.line.empty())
      return refuse(line,
                    "only one paragraph, the line shown in the list, stands before the steps");
    for (const TextRun& run : paragraph.runs) {
      if (run.kind != TextRun::Kind::text && run.kind != TextRun::Kind::code)
        refuse(run.line, "the line shown in the list is plain text");
      lesson_.line += run.text;
    }
  }

  void refuse(int line, const std::string& message) { mistakes_.push_back({line, message}); }

  std::vector<SourceLine> lines_;
  std::vector<LessonMistake>& mistakes_;
  std::size_t at_ = 0;
  std::vector<SourceLine> paragraph_;
  Lesson lesson_;
};

}  // namespace

Lesson parse_lesson(const std::string& text, std::vector<LessonMistake>& mistakes) {
  return LessonReader(text, mistakes).read();
}

Lesson read_lesson(const std::filesystem::path& path) {
  std::vector<LessonMistake> mistakes;
  Lesson lesson = parse_lesson(read_text(path), mistakes);
  std::stable_sort(mistakes.begin(), mistakes.end(),
                   [](const auto& a, const auto& b) { return a.line < b.line; });
  if (!mistakes.empty())
    throw FileError(
        text("{}:{}: {}", path.string(), mistakes.front().line, mistakes.front().message));
  name_lesson(lesson, path);
  return lesson;
}

namespace {

// "07-xor": how many digits there are before the "-", or 0 when there is no number.
std::size_t digits_before_id(const std::string& stem) {
  const std::size_t end = std::min(stem.find_first_not_of("0123456789"), stem.size());
  return end < stem.size() && stem[end] == '-' ? end : 0;
}

}  // namespace

bool is_lesson_file(const std::filesystem::path& path) {
  return path.extension() == ".md" && digits_before_id(path.stem().string()) > 0;
}

void name_lesson(Lesson& lesson, const std::filesystem::path& path) {
  lesson.path = path;
  const std::string stem = path.stem().string();
  const std::size_t digits = digits_before_id(stem);
  lesson.number = 0;
  std::from_chars(stem.data(), stem.data() + digits, lesson.number);
  lesson.id = digits > 0 ? stem.substr(digits + 1) : stem;
}

}  // namespace backstep
