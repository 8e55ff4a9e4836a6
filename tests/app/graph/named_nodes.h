// Looks up nodes of a session, and their numbers, by name.
#pragma once

#include "app/session/session.h"

namespace backstep {

inline int node(const Session& session, const std::string& name) {
  return session.graph().find(name);
}

inline double value(const Session& session, const std::string& name) {
  return session.graph().node(node(session, name)).value[0];
}

}  // namespace backstep
