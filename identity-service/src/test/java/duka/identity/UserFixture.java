package duka.identity;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Accounts for tests; each has names of its own, so that tests do not meet. */
final class UserFixture {

    static final String PASSWORD = "giraffe-42-lake";

    static final Profile NOBODY = Profile.named("", "", "");

    static String someName() {
        return "amina-" + UUID.randomUUID();
    }

    static String someEmail() {
        return someName() + "@example.com";
    }

    static final Actor SOMEWHERE = new Actor(null, null, "203.0.113.7", "a browser");

    static User customer(Registering registering) {
        return customer(registering, null);
    }

    static User customer(Registering registering, @Nullable String username) {
        return registering.register(username, someEmail(), PASSWORD, NOBODY, SOMEWHERE);
    }

    private UserFixture() {}
}
