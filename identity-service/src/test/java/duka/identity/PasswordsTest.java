package duka.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {

    private final Passwords passwords = new Passwords();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "short1",
                "no-digits-at-all",
                "password123",
                "Password123",
                "12345678",
                "a1-with-far-more-bytes-than-bcrypt-looks-at-which-would-cut-it-off-silently-here"
            })
    void what_would_not_protect_is_refused(String password) {
        assertThatExceptionOfType(WeakPassword.class)
                .isThrownBy(() -> passwords.hash(password, "password"))
                .satisfies(refused -> assertThat(refused.reasons()).isNotEmpty());
    }

    @Test
    void a_password_matches_its_own_hash_only() {
        var hash = passwords.hash("giraffe-42-lake", "password");

        assertThat(hash).startsWith("{bcrypt}").doesNotContain("giraffe");
        assertThat(passwords.matches("giraffe-42-lake", Optional.of(hash))).isTrue();
        assertThat(passwords.matches("giraffe-43-lake", Optional.of(hash))).isFalse();
    }

    @Test
    void nobody_has_no_password() {
        assertThat(passwords.matches("giraffe-42-lake", Optional.empty())).isFalse();
        assertThat(passwords.matches("", Optional.empty())).isFalse();
        assertThat(passwords.matches("long".repeat(100), Optional.empty())).isFalse();
    }
}
