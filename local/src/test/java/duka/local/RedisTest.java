package duka.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisTest {

    @ParameterizedTest
    @CsvSource({
        "linux, amd64, redis-server-6.2.6-v5-linux-amd64",
        "linux, arm64, redis-server-6.2.7-linux-arm64",
        "darwin, amd64, redis-server-6.2.6-v5-darwin-amd64",
        "darwin, arm64, redis-server-6.2.6-v5-darwin-arm64"
    })
    void each_platform_has_a_server(String os, String arch, String file) {
        assertThat(Redis.isFor(file, os, arch)).isTrue();
        assertThat(getClass().getResource("/" + file)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"linux, amd64, redis-server-6.2.7-linux-arm64", "linux, 386, redis/linux-386"})
    void none_is_taken_for_another(String os, String arch, String file) {
        assertThat(Redis.isFor(file, os, arch)).isFalse();
    }
}
