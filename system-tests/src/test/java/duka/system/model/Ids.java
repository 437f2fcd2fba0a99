package duka.system.model;

import java.util.UUID;

/** Who and what is called how in the model. */
public final class Ids {

    private static final int ORDER = 1;
    private static final int CUSTOMER = 2;
    private static final int CART = 3;
    private static final int PRODUCT = 4;
    private static final int SHIPMENT = 5;
    private static final int PAYMENT = 6;
    private static final int REFUND = 7;
    private static final int LINE = 8;

    public static final UUID STAFF = new UUID(9, 0);
    public static final UUID VENDOR = new UUID(10, 0);

    private Ids() {}

    public static UUID order(int number) {
        return new UUID(ORDER, number);
    }

    /** The number of an order by its id. */
    public static int number(UUID id) {
        return (int) id.getLeastSignificantBits();
    }

    public static UUID customer(int number) {
        return new UUID(CUSTOMER, number);
    }

    public static UUID cart(int number) {
        return new UUID(CART, number);
    }

    public static UUID product(int number) {
        return new UUID(PRODUCT, number);
    }

    public static UUID shipment(int number) {
        return new UUID(SHIPMENT, number);
    }

    public static UUID payment(UUID order) {
        return new UUID(PAYMENT, number(order));
    }

    public static UUID refund(UUID order, int number) {
        return new UUID(REFUND, number(order) * 100L + number);
    }

    public static UUID line(UUID cart, UUID product) {
        return new UUID(LINE, number(cart) * 100L + number(product));
    }
}
