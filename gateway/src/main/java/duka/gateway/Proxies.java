package duka.gateway;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;

/**
 * Tells who a caller really is: what forwarded headers say counts only if a trusted proxy says it.
 */
@Component
class Proxies {

    private static final int IPV6_NETWORK_BYTES = 8;

    private final List<IpSubnetFilterRule> trusted;

    Proxies(GatewayProperties properties) {
        this.trusted = properties.trustedProxies().stream().map(Proxies::network).toList();
    }

    boolean isBehindTrusted(ServerHttpRequest request) {
        var remote = request.getRemoteAddress();
        return remote != null && isTrusted(remote);
    }

    /** The nearest address that no trusted proxy vouches for as another proxy. */
    @Nullable String clientOf(ServerHttpRequest request) {
        var remote = request.getRemoteAddress();
        if (remote == null || remote.getAddress() == null) {
            return null;
        }
        var client = remote.getAddress().getHostAddress();
        if (!isTrusted(remote)) {
            return client;
        }
        var hops = request.getHeaders().getValuesAsList("X-Forwarded-For");
        for (var hop : hops.reversed()) {
            var address = literal(hop);
            if (address == null) {
                return client;
            }
            client = address.getHostAddress();
            if (!isTrusted(new InetSocketAddress(address, 0))) {
                return client;
            }
        }
        return client;
    }

    /** Of IPv6, where anyone has as many addresses as he likes, the network that they are in. */
    String networkOf(ServerHttpRequest request) {
        var client = clientOf(request);
        if (client != null && literal(client) instanceof Inet6Address address) {
            return HexFormat.of().formatHex(address.getAddress(), 0, IPV6_NETWORK_BYTES);
        }
        return String.valueOf(client);
    }

    private static @Nullable InetAddress literal(String hop) {
        try {
            return InetAddress.ofLiteral(hop);
        } catch (IllegalArgumentException e) {
            return null; // not an address: nothing to the left of it can be believed either
        }
    }

    private boolean isTrusted(InetSocketAddress address) {
        for (var network : trusted) {
            if (network.matches(address)) {
                return true;
            }
        }
        return false;
    }

    private static IpSubnetFilterRule network(String cidr) {
        var parts = cidr.split("/");
        if (parts.length != 2) {
            throw new IllegalArgumentException(
                    "duka.gateway.trusted-proxies: %s is not like 10.0.0.0/8".formatted(cidr));
        }
        return new IpSubnetFilterRule(
                parts[0], Integer.parseInt(parts[1]), IpFilterRuleType.ACCEPT);
    }
}
