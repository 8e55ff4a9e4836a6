// Edits of the program, its numbers, its data and its training.
#include <string>

#include "app/commands/commands.h"
#include "app/documents/session_file.h"
#include "app/explain/training_words.h"
#include "app/workspace/workspace_actions.h"
#include "core/base/text.h"

namespace backstep {

void carry_out(Workspace& workspace, const action::EditEntry& edit) {
  workspace.playback.pause();
  Session& session = workspace.session();
  session.edit_entry(edit.leaf, edit.entry, edit.value);
  const auto from = session.edited_from();
  if (!from) return;
  const std::string way_back = name_of(command_of(CommandId::step_back).keys) + " or " +
                               name_of(command_of(CommandId::undo).keys);
  workspace.say(edit_words(session.timeline(), edit.leaf, *from, way_back));
}

void carry_out(Workspace& workspace, const action::EndEdit&) { workspace.session().end_burst(); }

void carry_out(Workspace& workspace, const action::SetProgram& program) {
  workspace.playback.pause();
  workspace.session().set_program(program.text);
}

void carry_out(Workspace& workspace, const action::SetLearningRate& rate) {
  workspace.session().set_learning_rate(rate.value);
}

void carry_out(Workspace& workspace, const action::Seek& seek) {
  workspace.playback.seek(seek.position);
}

void carry_out(Workspace& workspace, const action::ChangeSetup& change) {
  workspace.session().change_setup(change.setup, change.burst);
}

void carry_out(Workspace& workspace, const action::PickSample& pick) {
  workspace.playback.pause();
  workspace.session().pick_sample(pick.sample);
  const auto sample = workspace.session().picked_sample();
  if (sample && workspace.view.mode != Mode::step)
    workspace.say(text("Step looks at sample {} alone. Ctrl+1 goes there.", *sample + 1));
}

// ---- data -------------------------------------------------------------------------

namespace {

// A program that reads no data would be shown as trained on it, so a network
// takes its place; undo brings the program back.
void build_network_for(Workspace& workspace, const action::TakeData& data) {
  const Document built = document_of_data(data.samples, data.source);
  const std::string burst = data.burst.empty() ? "data.network" : data.burst;
  Session& session = workspace.session();
  session.set_data(data.samples, data.source, data.standardise, built.setup.network, burst);
  Setup setup = session.setup();
  setup.training = built.setup.training;
  session.change_setup(setup, burst);
  session.end_burst();
  workspace.say("A small network learns these: the program had no input(\"x\") to read them with.");
}

}  // namespace

void take_data(Workspace& workspace, const action::TakeData& data) {
  Session& session = workspace.session();
  const bool builds =
      !data.network && !session.setup().network && session.timeline().graph().data_leaves().empty();
  if (builds) return build_network_for(workspace, data);
  session.set_data(data.samples, data.source, data.standardise, data.network, data.burst);
}

}  // namespace backstep
