package duka.order;

import duka.messaging.Start;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
class OrderServiceApplication {

    public static void main(String[] args) {
        Start.of(OrderServiceApplication.class, args);
    }
}
