// What the actions of panels do to the workspace. Those that are about files,
// dialogs or lessons are carried out by others: App hands each to who serves it.
#pragma once

#include <optional>

#include "app/commands/actions.h"
#include "app/workspace/workspace.h"

namespace backstep {

// ---- edits: edit_actions.cpp ----
void carry_out(Workspace& workspace, const action::EditEntry& edit);
void carry_out(Workspace& workspace, const action::EndEdit&);
void carry_out(Workspace& workspace, const action::SetProgram& program);
void carry_out(Workspace& workspace, const action::SetLearningRate& rate);
void carry_out(Workspace& workspace, const action::Seek& seek);
void carry_out(Workspace& workspace, const action::ChangeSetup& change);
void carry_out(Workspace& workspace, const action::PickSample& pick);
// Data for the session that is open; `data.opens` is not for it.
void take_data(Workspace& workspace, const action::TakeData& data);

// ---- Train and Compare: lab_actions.cpp ----
void carry_out(Workspace& workspace, const action::CompareBy& by);
void carry_out(Workspace& workspace, const action::Replay& replay);
void carry_out(Workspace& workspace, const action::RemoveRun& remove);
void carry_out(Workspace& workspace, const action::ChooseRun& choose);
void carry_out(Workspace& workspace, const action::ShowTestLoss& show);
void carry_out(Workspace& workspace, const action::WatchLayer& watch);
void carry_out(Workspace& workspace, const action::Freeze& freeze);

// ---- proofs: proof_actions.cpp ----
void carry_out(Workspace& workspace, const action::CheckAll&);
void toggle_checks(Workspace& workspace);  // as CheckAll, or hides its marks
void carry_out(Workspace& workspace, const action::LightPath& path);
void carry_out(Workspace& workspace, const action::SetPrecision& precision);
void carry_out(Workspace& workspace, const action::HideBug&);
// Takes out the bug of the last round and hides another; which one follows from the
// seed, or without one from the clock.
void hide_bug(Workspace& workspace, std::optional<unsigned> seed);
void carry_out(Workspace& workspace, const action::GuessBug& guess);
void carry_out(Workspace& workspace, const action::EndHunt&);

// ---- how it is looked at: view_actions.cpp ----
void zoom(Workspace& workspace, float factor);
void toggle_theme(Workspace& workspace);
void change_text_size(Workspace& workspace, int direction);  // 0: back to the usual size

}  // namespace backstep
