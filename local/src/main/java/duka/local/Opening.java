package duka.local;

import java.time.Duration;
import java.util.List;

/** The moment from which the gateway serves every route. */
final class Opening {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** One request for each service behind the gateway. */
    private static final List<String> ROUTES =
            List.of(
                    "/api/v1/users/me",
                    "/api/v1/categories",
                    "/api/v1/cart",
                    "/api/v1/orders",
                    "/api/v1/payments");

    private Opening() {}

    static void await(Shop shop) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Api guest = Api.of(shop.gateway());
        String token = "";
        String missing = "/api/v1/auth/token";
        while (!missing.isEmpty()) {
            if (System.nanoTime() > end) {
                throw new Trouble(
                        "The gateway does not serve %s after %d s; see ./duka logs gateway."
                                .formatted(missing, PATIENCE.toSeconds()));
            }
            if (token.isEmpty()) {
                token = signIn(guest);
            }
            if (!token.isEmpty()) {
                Api admin = guest.as(token);
                missing =
                        ROUTES.stream()
                                .filter(route -> !serves(admin, route))
                                .findFirst()
                                .orElse("");
            }
            if (!missing.isEmpty()) {
                Processes.pause(Duration.ofMillis(150));
            }
        }
    }

    private static String signIn(Api guest) {
        try {
            return guest.tokenOf(Demo.ADMIN.email(), Demo.PASSWORD);
        } catch (Trouble notYet) {
            return "";
        }
    }

    /** A refusal is an answer too, if it comes from the service and not in its stead. */
    private static boolean serves(Api admin, String route) {
        try {
            int status = admin.get(route).status();
            return status < 500 && status != 404 && status != 401;
        } catch (Trouble notYet) {
            return false;
        }
    }
}
