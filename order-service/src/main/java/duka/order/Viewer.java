package duka.order;

/** Who looks at an order: customers see their own, vendors what they sold of it, staff see all. */
public record Viewer(CustomerId customer, boolean isStaff) {

    public boolean maySee(Order order) {
        return isStaff || owns(order);
    }

    boolean owns(Order order) {
        return order.customer().equals(customer);
    }

    /** A vendor is called what its account is called. */
    boolean sells(OrderLine line) {
        return customer.value().equals(line.vendorId());
    }

    /** Whether it sold some of an order that was confirmed. */
    boolean sold(Order order) {
        return order.wasConfirmed() && order.lines().stream().anyMatch(this::sells);
    }

    /** Whether it has sent this, as the vendor of what is in it. */
    boolean sent(Shipment shipment) {
        return customer.value().equals(shipment.vendor());
    }

    /** Staff ship everything, vendors what they sold. */
    boolean mayShip(OrderLine line) {
        return isStaff || sells(line);
    }
}
