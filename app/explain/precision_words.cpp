#include "app/explain/precision_words.h"

#include "app/explain/symbols.h"
#include "app/paint/numbers.h"

namespace backstep {
namespace {

std::string becomes(const BadNumber& bad) {
  switch (bad.spoilt) {
    case Spoilt::underflow:
      return " underflows to 0";
    case Spoilt::overflow:
      return bad.got < 0 ? " overflows to −∞" : " overflows to ∞";
    case Spoilt::not_a_number:
      return " is not a number";
  }
  return "";
}

}  // namespace

std::string sentence_of(const Timeline& timeline, const BadNumber& bad) {
  const Graph& graph = timeline.graph();
  const Tick tick = timeline.tick(bad.tick);
  const std::string name =
      bad.phase == Phase::backward ? gradient_symbol(graph, bad.node) : symbol(graph, bad.node);
  const std::string op =
      bad.phase == Phase::update ? "update " : name_of(bad.phase) + std::string(" op ");
  return name + entry_symbol(graph.node(bad.node).value.shape, bad.entry) + becomes(bad) + " at " +
         op + std::to_string(tick.number) + ": exact " +
         with_minus(scientific_number(bad.exact, 1));
}

std::string sign_of(const BadNumber& bad) {
  switch (bad.spoilt) {
    case Spoilt::underflow:
      return "0↓";
    case Spoilt::overflow:
      return bad.got < 0 ? "−∞" : "∞";
    case Spoilt::not_a_number:
      return "NaN";
  }
  return "";
}

}  // namespace backstep
