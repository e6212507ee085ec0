/* empty-live: what libpcap alone costs on an interface: every packet handed to a function that only counts
 * it, until SIGTERM. Prints packets, those dropped, and the CPU time of this process in ms. */
#include <pcap/pcap.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>

static pcap_t *pcap;

static void stop(int number)
{
    (void)number;
    pcap_breakloop(pcap);
}

static void count(u_char *context, const struct pcap_pkthdr *header, const u_char *bytes)
{
    (void)header;
    (void)bytes;
    ++*(unsigned long *)(void *)context;
}

static double ms(struct timeval time)
{
    return (double)time.tv_sec * 1e3 + (double)time.tv_usec / 1e3;
}

int main(int argc, char **argv)
{
    char error[PCAP_ERRBUF_SIZE] = "usage: empty-live INTERFACE";
    unsigned long packets = 0;
    struct pcap_stat dropped = {0};
    struct rusage used;
    pcap = argc == 2 ? pcap_create(argv[1], error) : NULL;
    if (pcap == NULL) {
        fprintf(stderr, "empty-live: %s\n", error);
        return 2;
    }
    /* As `mimamori observe --interface` has it. */
    pcap_set_snaplen(pcap, 256);
    pcap_set_timeout(pcap, 100);
    pcap_set_buffer_size(pcap, 64 << 20);
    if (pcap_activate(pcap) < 0) {
        fprintf(stderr, "empty-live: %s\n", pcap_geterr(pcap));
        return 2;
    }
    signal(SIGTERM, stop);
    pcap_loop(pcap, -1, count, (u_char *)(void *)&packets);
    pcap_stats(pcap, &dropped);
    getrusage(RUSAGE_SELF, &used);
    printf("%lu %u %.0f %.0f\n", packets, dropped.ps_drop, ms(used.ru_utime), ms(used.ru_stime));
    return 0;
}
