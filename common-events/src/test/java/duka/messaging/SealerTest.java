package duka.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import duka.events.Sealed;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealerTest {

    final Sealer sealer = new Sealer(key(1));

    @ParameterizedTest
    @ValueSource(strings = {"", "tok_visa", "{\"shipping\":\"Straße 1 ☕\"}"})
    void what_is_sealed_can_be_opened(String clear) {
        assertThat(sealer.open(sealer.seal(clear))).isEqualTo(clear);
    }

    @Test
    void the_same_is_sealed_differently_each_time_and_never_in_clear() {
        assertThat(sealer.seal("Nairobi")).isNotEqualTo(sealer.seal("Nairobi"));
        assertThat(new String(Base64.getDecoder().decode(sealer.seal("Nairobi").ciphertext())))
                .doesNotContain("Nairobi");
    }

    @Test
    void another_key_does_not_open_it() {
        var sealed = sealer.seal("Nairobi");

        assertThatIllegalArgumentException().isThrownBy(() -> new Sealer(key(2)).open(sealed));
    }

    @Test
    void what_was_tampered_with_does_not_open() {
        var bytes = Base64.getDecoder().decode(sealer.seal("Nairobi").ciphertext());
        bytes[bytes.length / 2] ^= 1;
        var tampered = new Sealed(Base64.getEncoder().encodeToString(bytes));

        assertThatIllegalArgumentException().isThrownBy(() -> sealer.open(tampered));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "no base64!"})
    void what_was_never_sealed_does_not_open(String ciphertext) {
        assertThatIllegalArgumentException().isThrownBy(() -> sealer.open(new Sealed(ciphertext)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c2hvcnQ=", "no base64!"})
    void a_key_that_is_none_is_refused(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Sealer(key));
    }

    private static String key(int seed) {
        var bytes = new byte[32];
        bytes[0] = (byte) seed;
        return Base64.getEncoder().encodeToString(bytes);
    }
}
