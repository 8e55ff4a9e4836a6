// LessonNumbers evaluates the expressions in a lesson's text. It runs the network of
// a moment to where the cursor stands, finishes that pass, and reads values,
// gradients and updates from it.
#pragma once

#include <map>
#include <memory>
#include <optional>

#include "app/lessons/lesson_moment.h"
#include "core/runs/experiment.h"

namespace backstep {

class LessonNumbers {
 public:
  // Goes to the moment, and keeps the present run when it leads there. Throws
  // FileError or ProgramError when there is no such moment.
  void go_to(const LessonMoment& moment);

  // The value of an expression. Throws FileError that says what is wrong with it.
  double value_of(const std::string& expression);

  // After the forward and the backward pass.
  const Graph& graph() const { return *graph_; }
  Position position() const { return position_; }
  const Timeline& timeline() const { return experiment_->timeline(); }

 private:
  std::optional<Matrix> named(const std::string& name);
  std::optional<double> about_the_run(const std::string& name);
  double loss_of(const NamedData& split);

  std::unique_ptr<Experiment> experiment_;
  std::optional<Graph> start_;    // before the pass
  std::optional<Graph> graph_;    // after the backward pass
  std::optional<Graph> updated_;  // after its updates
  Position position_;
  std::map<std::string, Matrix> known_;
};

}  // namespace backstep
