package duka.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.util.unit.DataSize;

class ProxiesTest {

    private final Proxies proxies = trusting("10.0.0.0/8", "fd00::/8");

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "203.0.113.9, -, 203.0.113.9",
                "203.0.113.9, 198.51.100.1, 203.0.113.9",
                "10.0.0.1, -, 10.0.0.1",
                "10.0.0.1, 198.51.100.1, 198.51.100.1",
                "10.0.0.1, '1.1.1.1, 198.51.100.1', 198.51.100.1",
                "10.0.0.1, '198.51.100.1, 10.0.0.2', 198.51.100.1",
                "10.0.0.1, '1.1.1.1, nonsense, 10.0.0.2', 10.0.0.2",
                "fd00::1, 2001:db8::5, 2001:db8:0:0:0:0:0:5"
            })
    void the_client_is_the_first_whom_no_trusted_proxy_vouches_for(
            String remote, String forwardedFor, String client) {
        var request =
                MockServerHttpRequest.get("/").remoteAddress(new InetSocketAddress(remote, 4711));
        if (forwardedFor != null) {
            request.header("X-Forwarded-For", forwardedFor);
        }

        assertThat(proxies.clientOf(request.build())).isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.9, 203.0.113.9",
        "2001:db8:1:2:3:4:5:6, 20010db800010002",
        "2001:db8:1:2:ffff::9, 20010db800010002",
        "fe80::1%1, fe80000000000000"
    })
    void whoever_has_an_ipv6_network_is_one_caller(String remote, String network) {
        var request =
                MockServerHttpRequest.get("/").remoteAddress(new InetSocketAddress(remote, 4711));

        assertThat(proxies.networkOf(request.build())).isEqualTo(network);
    }

    @Test
    void what_a_trusted_proxy_says_is_passed_on() {
        var exchange =
                MockServerWebExchange.from(
                        MockServerHttpRequest.get("http://gateway:8080/")
                                .remoteAddress(new InetSocketAddress("10.0.0.1", 4711))
                                .header("X-Forwarded-For", "198.51.100.1")
                                .header("X-Forwarded-Proto", "https")
                                .header("X-Forwarded-Host", "shop.example")
                                .header("X-Forwarded-Port", "443"));

        var passed =
                new ForwardedHeaders(proxies).filter(exchange.getRequest().getHeaders(), exchange);

        assertThat(passed.toSingleValueMap())
                .containsEntry("X-Forwarded-For", "198.51.100.1")
                .containsEntry("X-Forwarded-Proto", "https")
                .containsEntry("X-Forwarded-Host", "shop.example")
                .doesNotContainKey("X-Forwarded-Port");
    }

    @Test
    void a_network_that_is_none_stops_the_start() {
        assertThatIllegalArgumentException().isThrownBy(() -> trusting("10.0.0.1"));
    }

    private static Proxies trusting(String... networks) {
        return new Proxies(
                new GatewayProperties(
                        new GatewayProperties.Cors(List.of()),
                        List.of(networks),
                        DataSize.ofMegabytes(1),
                        DataSize.ofMegabytes(6)));
    }
}
