#include "cli/server_process.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <thread>
#include <utility>

namespace wasl::cli {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLook{5};

// The child gets its own log as stdout and stderr, no terminal signals of ours, and dies with us.
// It gets none of our connections: Asio's sockets outlive an exec, thousands of them would use up
// its descriptors, and a peer would never see that we closed ours.
core::Result<pid_t> spawn(const std::string& binary, const std::vector<std::string>& arguments,
                          const std::string& log) {
  std::vector<std::string> words{binary};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);

  const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (out < 0) return core::fail(core::Errc::kIo, "cannot write " + log);
  const pid_t pid = ::fork();
  if (pid == 0) {
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::dup2(out, STDOUT_FILENO);
    ::dup2(out, STDERR_FILENO);
    ::close_range(STDERR_FILENO + 1, ~0U, 0);
    ::execv(binary.c_str(), pointers.data());
    ::_exit(127);
  }
  ::close(out);
  if (pid < 0) return core::fail(core::Errc::kIo, std::string("fork: ") + std::strerror(errno));
  return pid;
}

int exit_code_of(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// What a child that failed said last, on its way to `log`.
std::string last_words(const std::string& log) {
  std::ifstream in(log);
  std::string last;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty()) last = line;
  }
  return last;
}

std::unexpected<core::Error> ended_badly(const std::string& what, int code,
                                         const std::string& log) {
  return core::fail(core::Errc::kIo, what + " ended with exit code " + std::to_string(code) + ": " +
                                         last_words(log));
}

// The ports of the line that says "serve.ready", looked for behind `offset` of the log.
bool read_ready(const std::string& log, std::streamoff offset, std::uint16_t& port,
                std::uint16_t& admin_port) {
  std::ifstream in(log);
  in.seekg(offset);
  for (std::string line; std::getline(in, line);) {
    boost::system::error_code bad;
    const boost::json::value value = boost::json::parse(line, bad);
    if (bad || !value.is_object()) continue;
    const boost::json::object& event = value.as_object();
    const auto* name = event.if_contains("event");
    if (name == nullptr || *name != "serve.ready") continue;
    port = static_cast<std::uint16_t>(event.at("port").to_number<int>(bad));
    admin_port = static_cast<std::uint16_t>(event.at("admin_port").to_number<int>(bad));
    return true;
  }
  return false;
}

}  // namespace

std::string self_binary() { return std::filesystem::read_symlink("/proc/self/exe").string(); }

core::Result<void> run_to_end(const std::string& binary, const std::vector<std::string>& arguments,
                              const std::string& log) {
  const core::Result<pid_t> pid = spawn(binary, arguments, log);
  if (!pid) return std::unexpected(pid.error());
  int status = 0;
  while (::waitpid(*pid, &status, 0) < 0 && errno == EINTR) {
  }
  const int code = exit_code_of(status);
  if (code != 0) return ended_badly("wasl " + arguments.front(), code, log);
  return {};
}

core::Result<ServerProcess> ServerProcess::start(const ServerCommand& command,
                                                 milliseconds patience) {
  const std::string& log = command.log;
  std::error_code none;
  const std::uintmax_t size = std::filesystem::file_size(log, none);
  const std::streamoff offset = none ? 0 : static_cast<std::streamoff>(size);
  const core::Result<pid_t> pid = spawn(command.binary, {"serve", "--config", command.config}, log);
  if (!pid) return std::unexpected(pid.error());
  ServerProcess process(*pid);
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (std::chrono::steady_clock::now() < deadline) {
    if (read_ready(log, offset, process.port_, process.admin_port_)) return process;
    int status = 0;
    if (::waitpid(process.pid_, &status, WNOHANG) == process.pid_) {
      process.pid_ = -1;
      return ended_badly("the switch", exit_code_of(status), log);
    }
    std::this_thread::sleep_for(kLook);
  }
  return core::fail(core::Errc::kTimeout, "the switch is not ready: " + last_words(log));
}

ServerProcess::ServerProcess(ServerProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), port_(other.port_), admin_port_(other.admin_port_) {}

ServerProcess& ServerProcess::operator=(ServerProcess&& other) noexcept {
  std::swap(pid_, other.pid_);
  port_ = other.port_;
  admin_port_ = other.admin_port_;
  return *this;
}

ServerProcess::~ServerProcess() { kill_now(); }

std::uint64_t ServerProcess::resident_bytes() const {
  std::ifstream statm("/proc/" + std::to_string(pid_) + "/statm");
  std::uint64_t virtual_pages = 0;
  std::uint64_t resident_pages = 0;
  if (!(statm >> virtual_pages >> resident_pages)) return 0;
  return resident_pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

void ServerProcess::kill_now() {
  if (pid_ < 0) return;
  ::kill(pid_, SIGKILL);
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
}

core::Result<int> ServerProcess::stop(milliseconds patience) {
  if (pid_ < 0) return core::fail(core::Errc::kNotFound, "the switch does not run");
  ::kill(pid_, SIGTERM);
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (std::chrono::steady_clock::now() < deadline) {
    int status = 0;
    if (::waitpid(pid_, &status, WNOHANG) == pid_) {
      pid_ = -1;
      return exit_code_of(status);
    }
    std::this_thread::sleep_for(kLook);
  }
  kill_now();
  return core::fail(core::Errc::kTimeout, "the switch did not stop in time and was killed");
}

}  // namespace wasl::cli
