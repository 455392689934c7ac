#pragma once

#include "tools/command.hpp"

/// Every command; each is defined in its own cmd_*.cpp.
namespace maillage::tools {

extern const Command check_command;
extern const Command describe_command;
extern const Command match_command;
extern const Command communities_command;
extern const Command recommend_command;
extern const Command openness_command;
extern const Command bridges_command;
extern const Command merge_command;
extern const Command explain_command;
extern const Command consortium_command;
extern const Command meetings_command;
extern const Command groups_command;
extern const Command evaluate_command;
extern const Command compare_command;
extern const Command report_command;
extern const Command run_command;
extern const Command convert_command;
extern const Command generate_command;
extern const Command import_command;
extern const Command schema_command;

}  // namespace maillage::tools
