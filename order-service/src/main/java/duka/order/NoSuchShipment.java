package duka.order;

import java.util.UUID;

/** There is no such shipment. */
public class NoSuchShipment extends RuntimeException {

    NoSuchShipment(UUID id) {
        super("There is no shipment %s.".formatted(id));
    }
}
