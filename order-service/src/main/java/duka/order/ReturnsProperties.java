package duka.order;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param window how long after its delivery a customer may ask to send an order back
 */
@ConfigurationProperties("duka.returns")
record ReturnsProperties(@DefaultValue("30d") Duration window) {}
