// What Train and Compare are asked for.
#include <algorithm>

#include "app/workspace/workspace_actions.h"

namespace backstep {

void carry_out(Workspace& workspace, const action::CompareBy& by) {
  const std::string mistake =
      workspace.lab.compared().compare(workspace.session(), by.setting, by.values);
  if (!mistake.empty()) return workspace.say(mistake);
  workspace.playback.train_other_runs();
}

namespace {

// The session's own run ails: it is compared with itself under the change, and both
// are trained as far as it was.
void replay_session(Workspace& workspace, const Change& change) {
  const long epoch = workspace.session().trainer().epoch();
  const std::string mistake =
      workspace.lab.compared().compare_with_base(workspace.session(), change);
  if (!mistake.empty()) return workspace.say(mistake);
  workspace.view.mode = Mode::compare;
  workspace.playback.train_other_runs();
  workspace.playback.train_to(std::max(epoch, 1L));
}

// A compared run ails: one more run has the change, and is trained as far as the
// others.
void replay_compared(Workspace& workspace, int run, const Change& change) {
  const Comparison* comparison = workspace.lab.comparison();
  if (!comparison) return;
  const long epoch = workspace.view.training
                         ? workspace.playback.last_epoch()
                         : std::max(comparison->level(), comparison->furthest());
  workspace.lab.compared().replay(run, change);
  workspace.playback.train_to(std::max(epoch, 1L));
}

}  // namespace

void carry_out(Workspace& workspace, const action::Replay& replay) {
  if (replay.run < 0)
    replay_session(workspace, replay.change);
  else
    replay_compared(workspace, replay.run, replay.change);
}

void carry_out(Workspace& workspace, const action::RemoveRun& remove) {
  workspace.lab.compared().remove(remove.run);
}

void carry_out(Workspace& workspace, const action::ChooseRun& choose) {
  workspace.lab.compared().choose(choose.run);
}

void carry_out(Workspace& workspace, const action::ShowTestLoss& show) {
  workspace.lab.compared().show_test_loss(show.on);
}

void carry_out(Workspace& workspace, const action::WatchLayer& watch) {
  workspace.lab.watch(watch.node);
}

void carry_out(Workspace& workspace, const action::Freeze& freeze) {
  if (freeze.on)
    workspace.lab.freeze(workspace.session());
  else
    workspace.lab.thaw();
}

}  // namespace backstep
