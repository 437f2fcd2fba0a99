package duka.gateway;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.test.context.ContextConfiguration;

/** A test that calls the running gateway; all of them share one. */
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            // where Spring Boot believes forwarded headers, whoever sends them, unless it is told
            "spring.main.cloud-platform=kubernetes",
            "duka.gateway.cors.origins=https://shop.example",
            "duka.gateway.max-body=10KB",
            "duka.gateway.max-upload=40KB",
            "duka.gateway.patience.pause=2s",
            "duka.gateway.patience.answer=3s"
        })
@AutoConfigureWebTestClient(timeout = "30s")
@ContextConfiguration(initializers = Shop.class)
@interface AtTheDoor {}
