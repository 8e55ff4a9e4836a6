// A Demand is what a step of a lesson wants done before one may go on, written
// `do: step to backward z1`. Each kind of demand is a class of its own and a row
// of the table in demands.cpp; nothing else knows which kinds there are.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace backstep {

class LessonNumbers;
class Workspace;
struct LessonMoment;
struct LessonStep;

class Demand {
 public:
  virtual ~Demand() = default;

  // What the student is asked to do: "Step until z₁ has its value (→)."
  virtual std::string sentence(const LessonMoment& moment) const = 0;
  virtual bool is_met(const Workspace& workspace, const LessonMoment& moment) const = 0;
  // Does it on the student's behalf.
  virtual void show(Workspace& workspace, const LessonMoment& moment) const = 0;

  // Why it cannot be met at that moment, or ""; for `backstep lessons --check`.
  virtual std::string mistake(LessonNumbers&, const LessonMoment&) const { return ""; }
  // When the step is entered.
  virtual void begin(Workspace&) const {}
  // Whether what was done still holds in the next step, which begins anew from
  // what the lesson's file says.
  virtual bool holds_in(const LessonStep&) const { return true; }
  // The epoch to train to, of a demand that is met by training.
  virtual std::optional<long> epoch() const { return {}; }

  std::string words;  // as written in the file
};

// Reads what stands after `do:`; what is wrong with it, or "".
std::string read_demand(const std::string& text, std::shared_ptr<const Demand>& demand);

std::vector<std::string> demand_names();

}  // namespace backstep
