package duka.payment;

import duka.messaging.Start;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

@SpringBootApplication
@ConfigurationPropertiesScan
class PaymentServiceApplication {

    public static void main(String[] args) {
        Start.of(PaymentServiceApplication.class, args);
    }
}
