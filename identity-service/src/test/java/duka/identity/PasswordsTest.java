package duka.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.password.PasswordEncoder;

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
    void who_only_waits_does_not_wait_for_passwords() throws Exception {
        var workers = new LinkedBlockingQueue<Thread>();
        var noting =
                new Passwords(
                        new PasswordEncoder() {
                            @Override
                            public String encode(CharSequence password) {
                                workers.add(Thread.currentThread());
                                return "hash";
                            }

                            @Override
                            public boolean matches(CharSequence password, String hash) {
                                workers.add(Thread.currentThread());
                                return true;
                            }
                        });
        workers.clear();

        try (var requests = Executors.newVirtualThreadPerTaskExecutor()) {
            requests.submit(() -> noting.hash("giraffe-42-lake", "password")).get();
            requests.submit(() -> noting.matches("giraffe-42-lake", Optional.of("hash"))).get();
        }

        assertThat(workers).hasSize(2).noneMatch(Thread::isVirtual);
    }

    @Test
    void nobody_has_no_password() {
        assertThat(passwords.matches("giraffe-42-lake", Optional.empty())).isFalse();
        assertThat(passwords.matches("", Optional.empty())).isFalse();
        assertThat(passwords.matches("long".repeat(100), Optional.empty())).isFalse();
    }
}
