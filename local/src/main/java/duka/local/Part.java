package duka.local;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the shop is made of, each a process of its own, in the order in which they are needed. */
public enum Part {
    POSTGRES("postgres", 15432, null),
    KAFKA("kafka", 19092, null),
    REDIS("redis", 16379, null),
    DISCOVERY("discovery", 8761, null),
    IDENTITY("identity-service", 8081, "identity"),
    CATALOG("catalog-service", 8082, "catalog"),
    CART("cart-service", 8083, "cart"),
    ORDER("order-service", 8084, "orders"),
    PAYMENT("payment-service", 8085, "payment"),
    SIMULATOR("payment-simulator", 8090, null),
    GATEWAY("gateway", 8080, null);

    private final String title;
    private final int usualPort;
    private final @Nullable String schema;

    Part(String title, int usualPort, @Nullable String schema) {
        this.title = title;
        this.usualPort = usualPort;
        this.schema = schema;
    }

    /** Its module, its log and its name in every command. */
    public String title() {
        return title;
    }

    int usualPort() {
        return usualPort;
    }

    /** Its schema and the role that owns it; none for what keeps nothing in the database. */
    public Optional<String> schema() {
        return Optional.ofNullable(schema);
    }

    boolean isService() {
        return switch (this) {
            case POSTGRES, KAFKA, REDIS -> false;
            default -> true;
        };
    }

    static List<Part> services() {
        return Arrays.stream(values()).filter(Part::isService).toList();
    }

    static List<Part> withSchema() {
        return Arrays.stream(values()).filter(part -> part.schema != null).toList();
    }

    /** Takes "order" as well as "order-service". */
    static Part named(String name) {
        return Arrays.stream(values())
                .filter(
                        part ->
                                part.title.equals(name)
                                        || part.name().equalsIgnoreCase(name)
                                        || name.equals(part.schema))
                .findFirst()
                .orElseThrow(
                        () ->
                                new Trouble(
                                        "There is no part \"%s\"; there are %s."
                                                .formatted(
                                                        name,
                                                        String.join(
                                                                ", ",
                                                                Arrays.stream(values())
                                                                        .map(Part::title)
                                                                        .toList()))));
    }
}
