package duka.cart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CartTokenTest {

    @Test
    void a_token_is_known_again_by_its_hash() {
        var token = CartToken.mint();

        var again = CartToken.of(token.value()).orElseThrow();

        assertThat(again.hash()).isEqualTo(token.hash());
    }

    @Test
    void no_two_tokens_are_the_same() {
        var tokens = Stream.generate(CartToken::mint).limit(1000).toList();

        assertThat(tokens).extracting(CartToken::value).doesNotHaveDuplicates();
        assertThat(tokens).extracting(CartToken::hash).doesNotHaveDuplicates();
    }

    @Test
    void a_hash_is_no_customers_id() {
        assertThat(Stream.generate(CartToken::mint).limit(100))
                .allSatisfy(
                        token -> {
                            assertThat(token.hash().version()).isEqualTo(8);
                            assertThat(token.hash().variant()).isEqualTo(2);
                        });
    }

    @Test
    void a_token_does_not_get_into_a_log() {
        var token = CartToken.mint();

        assertThat(token.toString()).doesNotContain(token.value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short",
                "01234567890123456789012345678901234567890123",
                "012345678901234567890123456789012345678901=",
                "012345678901234567890123456789012345678901\u00e9"
            })
    void what_has_not_the_form_of_a_token_is_none(String value) {
        assertThat(CartToken.of(value)).isEmpty();
    }
}
