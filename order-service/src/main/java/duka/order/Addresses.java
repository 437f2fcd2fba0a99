package duka.order;

import duka.messaging.Sealer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Opens the addresses of orders for those who may see them; they are stored and sent sealed. */
@Component
public class Addresses {

    private final Sealer sealer;
    private final JsonMapper json;

    Addresses(SealProperties properties, JsonMapper json) {
        this.sealer = new Sealer(properties.addressKey());
        this.json = json;
    }

    public Address of(Order order) {
        return json.readValue(sealer.open(order.address()), Address.class);
    }
}
