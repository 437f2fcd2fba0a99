package duka.catalog;

import duka.messaging.Start;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

@SpringBootApplication
@ConfigurationPropertiesScan
class CatalogServiceApplication {

    public static void main(String[] args) {
        Start.of(CatalogServiceApplication.class, args);
    }
}
