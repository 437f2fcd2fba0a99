package duka.order;

/** There is no such order, or it is somebody else's. */
public class NoSuchOrder extends RuntimeException {

    private final OrderId id;

    NoSuchOrder(OrderId id) {
        super("There is no order %s.".formatted(id));
        this.id = id;
    }

    public OrderId id() {
        return id;
    }
}
