#include "load/server_gauge.hpp"

#include <unistd.h>

#include <fstream>
#include <limits>
#include <string>

namespace wasl::cli {
namespace {

// Of the "5" of proc(5), clear_refs: the peak becomes what is resident now.
constexpr const char* kForgetPeak = "5";
constexpr int kFieldsBeforeCpu = 11;  // Of proc(5), stat, behind the name: state to cmajflt.

std::string place(pid_t pid, const char* file) {
  return "/proc/" + std::to_string(pid) + "/" + file;
}

double status_mib(pid_t pid, const std::string& name) {
  std::ifstream status(place(pid, "status"));
  for (std::string word; status >> word;) {
    double kib = 0;
    if (word == name && status >> kib) return kib / 1024;
    status.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
  }
  return 0;
}

}  // namespace

double ServerGauge::cpu_seconds() const {
  std::ifstream stat(place(pid_, "stat"));
  stat.ignore(std::numeric_limits<std::streamsize>::max(), ')');
  std::string skipped;
  for (int i = 0; i < kFieldsBeforeCpu; ++i) stat >> skipped;
  double user = 0;
  double system = 0;
  stat >> user >> system;
  return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

double ServerGauge::resident_mib() const { return status_mib(pid_, "VmRSS:"); }

double ServerGauge::peak_mib() const { return status_mib(pid_, "VmHWM:"); }

bool ServerGauge::forget_peak() const {
  std::ofstream clear(place(pid_, "clear_refs"));
  return static_cast<bool>(clear << kForgetPeak << std::flush);
}

}  // namespace wasl::cli
