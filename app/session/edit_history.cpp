#include "app/session/edit_history.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <initializer_list>
#include <unordered_set>
#include <utility>

namespace backstep {

namespace {

constexpr std::size_t most_snapshots = 200;

// To the bit: −0 is not 0, and what is not a number is equal to itself.
bool same(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() &&
         (a.empty() || std::memcmp(a.data(), b.data(), sizeof(double) * a.size()) == 0);
}

bool same(const std::string& a, const std::string& b) { return a == b; }

bool same(const NamedData& a, const NamedData& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
    return x.first == y.first && x.second.shape == y.second.shape &&
           same(x.second.entries, y.second.entries);
  });
}

std::size_t bytes_of(const std::string& text) { return text.size(); }
std::size_t bytes_of(const std::vector<double>& numbers) { return sizeof(double) * numbers.size(); }
std::size_t bytes_of(const NamedData& data) {
  std::size_t bytes = 0;
  for (const auto& [name, matrix] : data) bytes += name.size() + bytes_of(matrix.entries);
  return bytes;
}
std::size_t bytes_of(const Samples& samples) {
  return bytes_of(samples.inputs.entries) + bytes_of(samples.targets.entries);
}

// `part`, or one of those it may be equal to.
template <class Part>
std::shared_ptr<const Part> shared(Part part,
                                   std::initializer_list<std::shared_ptr<const Part>> known) {
  for (const auto& one : known)
    if (one && same(*one, part)) return one;
  return std::make_shared<const Part>(std::move(part));
}

std::vector<double> tail(const std::vector<double>& numbers, std::size_t begin) {
  return {numbers.begin() + static_cast<std::ptrdiff_t>(begin), numbers.end()};
}

std::vector<double> joined(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> all = a;
  all.insert(all.end(), b.begin(), b.end());
  return all;
}

}  // namespace

// Counts every part once, whoever holds it.
class EditHistory::ByteCount {
 public:
  void add(const Packed& packed) {
    const Document& document = packed.rest.document;
    total_ += sizeof(Packed) + document.other_view.size();
    add(packed.program, packed.right_program);
    add(packed.train, packed.test, packed.parameters);
    add(packed.leaves, packed.data, packed.optimizer, packed.start_leaves, packed.start_data,
        packed.sample_leaves, packed.sample_optimizer);
    if (document.setup.samples && seen_.insert(&*document.setup.samples).second)
      total_ += bytes_of(*document.setup.samples);
  }
  std::size_t total() const { return total_; }

 private:
  template <class... Part>
  void add(const Shared<Part>&... parts) {
    ((total_ += seen_.insert(parts.get()).second ? bytes_of(*parts) : 0), ...);
  }

  std::unordered_set<const void*> seen_;
  std::size_t total_ = 0;
};

EditHistory::Packed EditHistory::pack(Snapshot snapshot, const Packed* like) {
  static const Packed nothing;
  const Packed& known = like ? *like : nothing;
  Packed packed;
  Document& document = snapshot.document;
  packed.program = shared(std::exchange(document.setup.program, {}), {known.program});
  packed.right_program =
      shared(std::exchange(snapshot.right_program, {}), {packed.program, known.right_program});
  packed.train = shared(std::exchange(document.setup.train, {}), {known.train});
  packed.test = shared(std::exchange(document.setup.test, {}), {known.test});
  packed.parameters = shared(std::exchange(document.setup.parameters, {}), {known.parameters});

  // Most edits are of parameters, so they are held apart from the data.
  const auto trained = static_cast<std::size_t>(snapshot.parameters);
  Numbers leaves = std::exchange(snapshot.state.leaves, {});
  packed.data = shared(tail(leaves, trained), {known.data, known.start_data});
  leaves.resize(trained);
  packed.leaves = shared(std::move(leaves), {known.leaves});
  Numbers start = std::exchange(snapshot.start, {});
  packed.start_data = shared(tail(start, trained), {packed.data, known.start_data});
  start.resize(trained);
  packed.start_leaves = shared(std::move(start), {packed.leaves, known.start_leaves});
  packed.optimizer = shared(std::exchange(snapshot.state.optimizer, {}), {known.optimizer});
  packed.sample_leaves =
      shared(std::exchange(snapshot.sample_state.leaves, {}), {known.sample_leaves});
  packed.sample_optimizer =
      shared(std::exchange(snapshot.sample_state.optimizer, {}), {known.sample_optimizer});
  packed.rest = std::move(snapshot);
  return packed;
}

Snapshot EditHistory::unpack(Packed packed) {
  Snapshot snapshot = std::move(packed.rest);
  snapshot.document.setup.program = *packed.program;
  snapshot.right_program = *packed.right_program;
  snapshot.document.setup.train = *packed.train;
  snapshot.document.setup.test = *packed.test;
  snapshot.document.setup.parameters = *packed.parameters;
  snapshot.state.leaves = joined(*packed.leaves, *packed.data);
  snapshot.start = joined(*packed.start_leaves, *packed.start_data);
  snapshot.state.optimizer = *packed.optimizer;
  snapshot.sample_state.leaves = *packed.sample_leaves;
  snapshot.sample_state.optimizer = *packed.sample_optimizer;
  return snapshot;
}

void EditHistory::add(Snapshot before) {
  undo_.push_back(pack(std::move(before), undo_.empty() ? nullptr : &undo_.back()));
  forget_undone();
  forget_oldest();
}

Snapshot EditHistory::undo(Snapshot now) { return exchange(std::move(now), undo_, redo_); }
Snapshot EditHistory::redo(Snapshot now) { return exchange(std::move(now), redo_, undo_); }

Snapshot EditHistory::exchange(Snapshot now, std::vector<Packed>& from, std::vector<Packed>& to) {
  assert(!from.empty() && "one asks first whether there is a snapshot to go to");
  Packed packed = std::move(from.back());
  from.pop_back();
  to.push_back(pack(std::move(now), &packed));
  forget_oldest();
  return unpack(std::move(packed));
}

void EditHistory::plant_bug(const std::string& id) {
  for (std::vector<Packed>* snapshots : {&undo_, &redo_})
    for (Packed& packed : *snapshots) packed.rest.document.setup.bug = id;
}

std::size_t EditHistory::bytes() const {
  ByteCount count;
  for (const std::vector<Packed>* snapshots : {&undo_, &redo_})
    for (const Packed& packed : *snapshots) count.add(packed);
  return count.total();
}

// The newest snapshot has most of its parts in common with what is open, and
// without it nothing could be undone at all: it is not counted.
void EditHistory::forget_oldest() {
  const auto bytes_beside = [this](const Packed& newest) {
    ByteCount alone;
    alone.add(newest);
    return bytes() - alone.total();
  };
  while (undo_.size() > 1 &&
         (undo_.size() > most_snapshots || bytes_beside(undo_.back()) > most_bytes_))
    undo_.erase(undo_.begin());
  // After many steps back it is those to be done again that fill the memory.
  while (redo_.size() > 1 && bytes_beside(redo_.back()) > most_bytes_) redo_.erase(redo_.begin());
}

}  // namespace backstep
