// A RunView is what can be seen of a run beyond its losses: the decision surface,
// the flow of the gradient, how the layers fare, and the doctor's diagnosis. All
// of it takes longer than a frame, so it is refreshed in pieces, each until a
// deadline; until a piece is done, what was known before stays readable. Train
// shows one RunView, Compare one for each run.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/analysis/gradient_flow.h"
#include "core/analysis/layer_stats.h"
#include "core/doctor/doctor.h"
#include "core/runs/decision_surface.h"
#include "core/runs/experiment.h"

namespace backstep {

class RunView {
 public:
  // Compare shows what the doctor needs; Train shows the layers as well.
  enum class Detail { diagnosis, layers };

  RunView() = default;  // of no run: there is nothing to see
  // `experiment` outlives the view, or the view is not refreshed any more.
  // `resolution` is that of the decision surface.
  RunView(const Experiment& experiment, int resolution, Detail detail);

  // Works towards what is to be seen of the run as it is now. `version` is a number
  // that changes whenever the run does. False while there is more to do.
  bool refresh(long version, const Deadline& deadline);
  bool is_refreshing() const { return stage_ != Stage::idle; }
  bool shows(long version) const { return !is_refreshing() && version_ == version; }
  // That of the refresh at work, or of the last one; none before the first.
  std::optional<long> version() const { return version_; }

  // Null unless the samples have one or two inputs.
  const DecisionSurface* surface() const { return surface_.get(); }
  // Empty and null before the first refresh.
  const std::vector<FlowStep>& flow() const { return flow_; }
  const Diagnosis* diagnosis() const { return diagnosis_ ? &*diagnosis_ : nullptr; }

  // ---- with Detail::layers ----
  const std::vector<LayerStats>& layers() const { return layers_; }
  bool layers_known() const { return layers_known_; }  // though there may be none
  // By layer of the trainer's history: the norm of its gradient, and the size of
  // the next update relative to the weights, ‖Δθ‖ / ‖θ‖.
  const std::vector<double>& norms() const { return norms_; }
  const std::vector<double>& update_ratios() const { return update_ratios_; }
  // The hidden layer whose neurons the surface shows, given by its activation's
  // node; the first one unless another is asked for. −1: none.
  void watch(int node);
  int watched() const { return watched_; }

 private:
  enum class Stage { idle, pass, readings, surface };
  void begin();
  bool take_reading();

  const Experiment* experiment_ = nullptr;
  Detail detail_ = Detail::diagnosis;
  std::unique_ptr<DecisionSurface> surface_;
  std::unique_ptr<FullSetPass> pass_;
  Stage stage_ = Stage::idle;
  int readings_ = 0;  // taken off the pass so far
  std::optional<long> version_;

  std::vector<FlowStep> flow_;
  std::optional<Diagnosis> diagnosis_;
  std::vector<LayerStats> layers_;
  std::vector<double> norms_, update_ratios_;
  bool layers_known_ = false;
  int watched_ = -1;
};

}  // namespace backstep
