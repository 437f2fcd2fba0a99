package duka.cart;

import duka.messaging.Start;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

@SpringBootApplication
@ConfigurationPropertiesScan
class CartServiceApplication {

    public static void main(String[] args) {
        Start.of(CartServiceApplication.class, args);
    }
}
