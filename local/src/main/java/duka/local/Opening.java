package duka.local;

import java.time.Duration;
import java.util.List;

/** The moment from which the gateway serves every route. */
final class Opening {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

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
        while (true) {
            try {
                Api admin = guest.signIn(Demo.ADMIN.email(), Demo.PASSWORD);
                ROUTES.forEach(route -> mustServe(admin, route));
                return;
            } catch (Trouble notYet) {
                if (System.nanoTime() > end) {
                    throw new Trouble(
                            "The gateway does not serve every route after %d s: %s"
                                    .formatted(PATIENCE.toSeconds(), notYet.getMessage()),
                            notYet);
                }
                Processes.pause(Duration.ofMillis(200));
            }
        }
    }

    /** A refusal is an answer too, if it comes from the service and not in its stead. */
    private static void mustServe(Api admin, String route) {
        admin.get(route).expect(200, 403);
    }
}
