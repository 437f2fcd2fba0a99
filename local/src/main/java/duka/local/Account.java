package duka.local;

import java.time.Duration;
import java.util.Map;

/** A customer's account that a load on the shop has for itself; the same name is the same one. */
record Account(String name) {

    /** Less than an access token lives. */
    static final Duration SIGN_IN_LASTS = Duration.ofMinutes(10);

    String email() {
        return name + "@bench.duka.example";
    }

    /** Signs up unless that has been done before. */
    void open(Api guest) {
        var signIn =
                guest.post(
                                "/api/v1/auth/token",
                                Map.of("username", email(), "password", Demo.PASSWORD))
                        .expect(200, 401);
        if (signIn.status() == 401) {
            guest.post(
                            "/api/v1/auth/register",
                            Map.of("email", email(), "username", name, "password", Demo.PASSWORD))
                    .expect(201);
        }
    }

    /** The same for many, who are most likely new; answers the token they are let in with. */
    String enter(Api guest) {
        guest.post(
                        "/api/v1/auth/register",
                        Map.of("email", email(), "username", name, "password", Demo.PASSWORD))
                .expect(201, 409);
        return guest.tokenOf(email(), Demo.PASSWORD);
    }

    Api signIn(Api guest) {
        return guest.signIn(email(), Demo.PASSWORD);
    }
}
