package duka.identity;

import duka.messaging.Start;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

@SpringBootApplication
@ConfigurationPropertiesScan
class IdentityServiceApplication {

    public static void main(String[] args) {
        Start.of(IdentityServiceApplication.class, args);
    }
}
