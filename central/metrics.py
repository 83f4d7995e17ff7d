"""Counters that Prometheus reads, without a library: a name, labels, a number."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable

_BUCKETS = (0.005, 0.02, 0.1, 0.5, 2.0, 10.0, 30.0)
_HELP = {
    "clerk_requests_total": ("counter", "Requests by route and status."),
    "clerk_request_seconds": ("histogram", "Time that requests took, by route."),
    "clerk_commands_total": ("counter", "Commands by conclusion."),
    "clerk_deemed_total": ("counter", "Cases accepted by the clock."),
    "clerk_silences_total": ("counter", "Cases where a countersigner let its limit pass."),
    "clerk_licences_sealed_total": ("counter", "Licences that got their seal."),
    "clerk_licences_not_sealed_total": ("counter", "Licences not sealed at a try, by code."),
    "clerk_kept_back_total": ("counter", "Changes without effect on their day at a try, by code."),
    "clerk_escalated_total": ("counter", "Steps that cases went up by."),
    "clerk_register_answers_total": ("counter", "Answers of registers of others, by outcome."),
    "clerk_scheduled_reports_total": ("counter", "Scheduled reports at a try, by outcome."),
    "clerk_waiting_desks": ("gauge", "Desks in a long poll."),
    "clerk_busy_workers": ("gauge", "Transactions that run or wait for a thread."),
}
Labels = tuple[tuple[str, str], ...]


class Metrics:
    """What this process has done so far."""

    def __init__(self) -> None:
        """Begin at zero."""
        self._lock = threading.Lock()
        self._numbers: defaultdict[tuple[str, Labels], float] = defaultdict(float)
        self._gauges: dict[str, Callable[[], float]] = {}

    def count(self, name: str, amount: float = 1, /, **labels: str) -> None:
        """Add to a counter."""
        with self._lock:
            self._numbers[name, tuple(sorted(labels.items()))] += amount

    def observe(self, name: str, seconds: float, /, **labels: str) -> None:
        """Add a duration to a histogram."""
        for bound in _BUCKETS:
            if seconds <= bound:
                self.count(f"{name}_bucket", le=str(bound), **labels)
        self.count(f"{name}_bucket", le="+Inf", **labels)
        self.count(f"{name}_sum", seconds, **labels)
        self.count(f"{name}_count", **labels)

    def gauge(self, name: str, read: Callable[[], float]) -> None:
        """Read this number anew at each scrape."""
        self._gauges[name] = read

    def render(self) -> str:
        """Prometheus' text format."""
        with self._lock:
            numbers = sorted(self._numbers.items())
        lines = []
        for name, (kind, text) in _HELP.items():
            lines += [f"# HELP {name} {text}", f"# TYPE {name} {kind}"]
            if name in self._gauges:
                lines.append(f"{name} {self._gauges[name]():g}")
            lines += [_line(key, value) for key, value in numbers if _is_of(key[0], name, kind)]
        return "\n".join(lines) + "\n"


def _is_of(metric: str, name: str, kind: str) -> bool:
    parts = {f"{name}_bucket", f"{name}_sum", f"{name}_count"}
    return metric in parts if kind == "histogram" else metric == name


def _line(key: tuple[str, Labels], value: float) -> str:
    name, labels = key
    told = ",".join(f'{label}="{text}"' for label, text in labels)
    return f"{name}{{{told}}} {value:g}" if told else f"{name} {value:g}"
