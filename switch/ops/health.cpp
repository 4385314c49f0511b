#include "ops/health.hpp"

namespace wasl::ops {
namespace {

void add_line(HealthReport& report, const std::string& name, const CheckResult& result) {
  report.ready = report.ready && result.ok;
  report.text += result.ok ? "[+] " : "[-] ";
  report.text += name + ": " + result.detail + "\n";
}

}  // namespace

void Health::add(std::string name, std::function<CheckResult()> check) {
  checks_.push_back({std::move(name), std::move(check)});
}

HealthReport Health::report() const {
  HealthReport report{.ready = true, .text = {}};
  for (const Check& check : checks_) add_line(report, check.name, check.ask());
  if (stopping_.load()) add_line(report, "process", {.ok = false, .detail = "stopping"});
  return report;
}

}  // namespace wasl::ops
