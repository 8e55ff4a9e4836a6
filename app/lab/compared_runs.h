// The ComparedRuns are everything Compare holds: the runs, which setup of the
// session they belong to, which of them is looked at closely, and which loss is
// shown. The runs follow from the session's setup: with another setup or another
// learning rate they are others.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/session/session.h"
#include "core/doctor/comparison.h"

namespace backstep {

class ComparedRuns {
 public:
  Comparison* comparison() { return comparison_.get(); }  // null: none yet
  const Comparison* comparison() const { return comparison_.get(); }
  // Whether the runs belong to the session's setup as it is now.
  bool belong_to(const Session& session) const;

  // Runs that differ in `setting`, made from the session's setup as it is now. What
  // is wrong is returned ("": nothing), and then the runs before stay.
  std::string compare(Session& session, const std::string& setting,
                      const std::vector<std::string>& values);
  // The session's run as it is beside one with the change.
  std::string compare_with_base(Session& session, const Change& change);
  // Makes other runs where these do not belong to the session's setup. True if there
  // are other runs; what is wrong with those wanted is in `mistake`.
  bool keep_up(Session& session, std::string& mistake);
  void forget();

  void replay(int run, const Change& change);  // the new run is looked at closely
  void remove(int run);

  // The run whose waterfall is shown.
  int chosen() const { return chosen_; }
  void choose(int run);
  bool shows_test_loss() const { return shows_test_loss_; }
  void show_test_loss(bool test) { shows_test_loss_ = test; }

 private:
  std::string setting_wanted(const Session& session) const;
  std::string make(Session& session, const std::function<Comparison()>& runs);
  void remember(const Session& session);

  std::unique_ptr<Comparison> comparison_;
  long run_number_ = -1;  // of the session, when the runs were made or refused
  double learning_rate_ = 0;
  int chosen_ = 0;
  bool shows_test_loss_ = false;
};

}  // namespace backstep
