package duka.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.http.HttpMethod.GET;

import java.net.URI;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;

class StrictPathsTest {

    private final StrictPaths paths = new StrictPaths();

    @ParameterizedTest
    @ValueSource(strings = {"/a%%%02x", "/a%%%02X"})
    void of_ascii_only_what_a_path_may_not_say_plainly_can_be_encoded(String path) {
        var passing = IntStream.range(0, 0x80).filter(code -> passes(path.formatted(code)));

        assertThat(passing.mapToObj(Character::toString))
                .containsExactly(" !\"#$&'()*+,:<=>?@[]^`{|}".split(""));
    }

    private boolean passes(String path) {
        var request = MockServerHttpRequest.method(GET, URI.create(path)).build();
        return paths.filter(MockServerWebExchange.from(request), _ -> Mono.empty())
                .thenReturn(true)
                .onErrorReturn(Refused.class, false)
                .block();
    }
}
