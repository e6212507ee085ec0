/* empty-pcap: what libpcap alone costs: every packet of a capture handed to a function that only counts it.
 */
#include <pcap/pcap.h>
#include <stdio.h>

static void count(u_char *context, const struct pcap_pkthdr *header, const u_char *bytes)
{
    (void)header;
    (void)bytes;
    ++*(unsigned long *)(void *)context;
}

int main(int argc, char **argv)
{
    char error[PCAP_ERRBUF_SIZE] = "usage: empty-pcap FILE";
    unsigned long packets = 0;
    pcap_t *capture = argc == 2 ? pcap_open_offline(argv[1], error) : NULL;
    if (capture == NULL || pcap_dispatch(capture, -1, count, (u_char *)(void *)&packets) < 0) {
        fprintf(stderr, "empty-pcap: %s\n", capture == NULL ? error : pcap_geterr(capture));
        return 2;
    }
    pcap_close(capture);
    printf("%lu packets\n", packets);
    return 0;
}
