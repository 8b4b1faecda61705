-- wrk prints p50 to p99 for readers; this prints what a program needs, p99.9 included, in one line. Latencies in microseconds.
done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format(
    "REPORT requests=%d duration_us=%d errors=%d p50=%d p99=%d p999=%d max=%d\n",
    summary.requests, summary.duration, e.connect + e.read + e.write + e.timeout + e.status,
    latency:percentile(50), latency:percentile(99), latency:percentile(99.9), latency.max))
end
