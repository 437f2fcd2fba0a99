package duka.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UserTest {

    @Test
    void somebody_needs_a_name_to_sign_in_by() {
        assertThatIllegalArgumentException().isThrownBy(() -> user(null, null, Role.CUSTOMER));
    }

    @Test
    void somebody_has_at_least_one_role() {
        assertThatIllegalArgumentException().isThrownBy(() -> user("amina", null));
    }

    @Test
    void the_highest_role_is_the_one_that_may_most() {
        assertThat(
                        user("amina", null, Role.CUSTOMER, Role.STORE_MANAGER, Role.VENDOR)
                                .highestRole())
                .isEqualTo(Role.STORE_MANAGER);
    }

    @Test
    void an_inactive_admin_administers_nothing() {
        var admin = user("amina", null, Role.ADMIN);

        assertThat(admin.administers()).isTrue();
        assertThat(admin.with(false).administers()).isFalse();
    }

    @Test
    void nothing_personal_gets_into_logs() {
        assertThat(user("amina", "amina@example.com", Role.CUSTOMER).toString())
                .doesNotContain("amina");
    }

    private static User user(@Nullable String username, @Nullable String email, Role... roles) {
        return new User(
                new UserId(UUID.randomUUID()),
                username,
                email,
                false,
                Set.of(roles),
                true,
                Instant.parse("2026-01-01T00:00:00Z"),
                Profile.named("", "", ""));
    }
}
