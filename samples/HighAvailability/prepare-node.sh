#!/bin/sh
# Makes the virtual address an address of this node at all times, on the loopback; keepalived adds it to eth0 where it is served. Run it at boot,
# before the proxy. Two things follow: the proxy listens whether the address is here or not; and what is open when the address moves away can
# still be answered or reset, where a client would otherwise hear nothing.
set -eu
sysctl -qw net.ipv4.conf.all.arp_ignore=1   # do not answer ARP for the loopback's address on eth0
sysctl -qw net.ipv4.conf.all.arp_announce=2 # and do not ask with it
ip address replace 10.20.0.5/32 dev lo
