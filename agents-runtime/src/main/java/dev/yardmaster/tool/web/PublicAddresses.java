package dev.yardmaster.tool.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Tells whether an address is one of the public internet's: not this machine, its network, a cloud's metadata, nor a way
 * to write one of these as another. By IANA's registries of special-purpose addresses for IPv4 and IPv6; of IPv6 only
 * what is given out as global unicast (2000::/3) counts, so that translated and embedded forms do not (NAT64 64:ff9b::/96,
 * mapped ::ffff:0:0/96, compatible ::/96).
 */
final class PublicAddresses implements Predicate<InetAddress> {

    private static final List<Block> NOT_PUBLIC = blocks(
            "0.0.0.0/8", // this network
            "10.0.0.0/8", // private
            "100.64.0.0/10", // carriers' NAT, and a cloud's metadata
            "127.0.0.0/8", // loopback
            "168.63.129.16/32", // Azure's host, which only looks public
            "169.254.0.0/16", // link-local, and most clouds' metadata
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // 6to4 relays
            "192.168.0.0/16", // private
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4", // reserved, broadcast
            "2001::/23", // protocol assignments, Teredo with an IPv4 address inside
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4, with an IPv4 address inside
            "3fff::/20"); // documentation

    private static final Block GLOBAL_UNICAST = Block.of("2000::/3");

    /** Addresses with a common beginning. */
    private record Block(byte[] network, int bits) {

        static Block of(String written) {
            int slash = written.indexOf('/');
            try { // a literal: nothing is looked up
                byte[] network =
                        InetAddress.getByName(written.substring(0, slash)).getAddress();
                return new Block(network, Integer.parseInt(written.substring(slash + 1)));
            } catch (UnknownHostException e) {
                throw new IllegalStateException(written + " is no block of addresses", e);
            }
        }

        boolean contains(byte[] address) {
            if (address.length != network.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((address[bit / 8] & mask) != (network[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static List<Block> blocks(String... written) {
        return Arrays.stream(written).map(Block::of).toList();
    }

    @Override
    public boolean test(InetAddress address) {
        byte[] bytes = address.getAddress();
        return (bytes.length == 4 || GLOBAL_UNICAST.contains(bytes))
                && NOT_PUBLIC.stream().noneMatch(block -> block.contains(bytes));
    }
}
