package duka.gateway;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param pause how long a request's body may pause on its way in
 * @param body how long it may be on its way in all
 * @param answer how long a service may take to answer, once it has the whole request
 */
@ConfigurationProperties("duka.gateway.patience")
record PatienceProperties(
        @DefaultValue("10s") Duration pause,
        @DefaultValue("2m") Duration body,
        @DefaultValue("10s") Duration answer) {}
