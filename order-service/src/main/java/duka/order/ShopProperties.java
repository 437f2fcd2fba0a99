package duka.order;

import java.util.Currency;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param currency in which the shop sells
 */
@ConfigurationProperties("duka")
record ShopProperties(@DefaultValue("KES") Currency currency) {}
