#include "demo/published.h"

/* Published: August to November, and the reports of June and July. The detections of June and July are made
 * up. */
const demo_six demo_virus_detections = {24867, 23940, 25143, 21291, 20409, 20585};
const demo_six demo_virus_reports = {1209, 1064, 931, 906, 795, 1115};

/* Made up, but for the sums above: the first name takes what the others leave. */
const struct demo_name demo_viruses[] = {
    {"W32/Netsky", {0}, {0}},
    {"W32/Mydoom", {7105, 6612, 7930, 6480, 6120, 6344}, {148, 131, 117, 112, 104, 152}},
    {"W32/Mytob", {2310, 2190, 2402, 1980, 1874, 1911}, {89, 80, 71, 70, 64, 96}},
    {"W32/Bagle", {1420, 1303, 1240, 1072, 1015, 1108}, {74, 66, 58, 55, 49, 75}},
    {"W32/Autorun", {812, 745, 690, 655, 598, 702}, {196, 171, 142, 139, 118, 168}},
    {"W32/Downad", {498, 441, 420, 377, 341, 402}, {141, 120, 104, 98, 82, 119}},
    {"W32/Klez", {262, 240, 221, 198, 176, 190}, {69, 61, 53, 52, 45, 62}},
    {"W32/Virut", {205, 166, 149, 152, 128, 147}, {57, 46, 38, 41, 33, 45}},
    {"W32/Lovgate", {188, 165, 150, 131, 118, 139}, {42, 37, 31, 30, 27, 41}},
    {"W32/Mumu", {120, 96, 88, 79, 70, 81}, {31, 27, 24, 23, 21, 28}},
    {"W32/Zafi", {96, 81, 74, 69, 60, 71}, {26, 22, 19, 20, 17, 25}},
    {"XM/Laroux", {84, 77, 70, 62, 55, 66}, {36, 33, 30, 27, 24, 29}},
    {"W32/Stration", {70, 58, 49, 40, 36, 48}, {21, 18, 14, 12, 11, 17}},
    {"W32/Fujacks", {60, 44, 37, 41, 29, 38}, {18, 15, 12, 14, 10, 16}},
    {"VBS/Redlof", {40, 35, 31, 27, 22, 25}, {17, 15, 13, 12, 10, 12}},
    {"W32/Waledac", {31, 28, 22, 19, 15, 21}, {12, 11, 9, 8, 6, 10}},
    {"W32/Antinny", {14, 12, 10, 9, 7, 10}, {9, 8, 7, 6, 5, 8}},
    {0},
};

/* Made up, after what the bulletin says in words: BACKDOOR grows, RLTRAP was huge in September. */
const struct demo_name demo_programs[] = {
    {"RLTRAP", {620, 540, 1930, 48720, 3110, 5480}, {18, 16, 34, 210, 62, 71}},
    {"BACKDOOR", {1850, 2010, 2240, 2980, 4120, 6350}, {64, 69, 75, 92, 120, 163}},
    {"DOWNLOADER", {2480, 2190, 2300, 2120, 1760, 1830}, {88, 79, 81, 76, 66, 70}},
    {"FAKEAV", {2930, 2640, 3480, 2210, 1890, 1640}, {101, 93, 112, 80, 71, 64}},
    {"TROJAN/HORSE", {940, 890, 1010, 880, 830, 860}, {47, 44, 49, 43, 41, 42}},
    {"BANCOS", {640, 1120, 1340, 980, 870, 760}, {29, 45, 51, 40, 36, 33}},
    {"MALSCRIPT", {310, 290, 350, 330, 300, 320}, {22, 20, 24, 23, 21, 22}},
    {"ADWARE", {260, 230, 240, 210, 220, 200}, {24, 21, 22, 20, 20, 19}},
    {0},
};

/* Published: the sums of every month (9 5 8 5 8 5 and 0 3 2 2 7 2), and November's intrusion 2, impersonation
 * 2, dos 1. */
const struct demo_category demo_harm[] = {
    {"intrusion", {4, 2, 3, 2, 4, 2}},
    {"impersonation", {3, 2, 3, 2, 3, 2}},
    {"dos", {1, 0, 1, 0, 1, 1}},
    {"malware-implant", {1, 0, 1, 0, 0, 0}},
    {"mail-relay", {0, 1, 0, 0, 0, 0}},
    {"other-harm", {0, 0, 0, 1, 0, 0}},
    {0},
};
const struct demo_category demo_no_harm[] = {
    {"probe", {0, 2, 1, 1, 5, 1}},
    {"worm-trace", {0, 1, 0, 1, 1, 0}},
    {"other", {0, 0, 1, 0, 1, 1}},
    {0},
};

/* Published. */
const demo_six demo_access_consultations = {32, 47, 37, 31, 46, 69};
const demo_six demo_access_consultations_harm = {7, 15, 13, 8, 7, 14};
const demo_six demo_auto = {999, 889, 958, 936, 865, 746};
const demo_six demo_phone = {639, 540, 639, 554, 564, 561};
const demo_six demo_mail = {50, 54, 50, 52, 55, 102};
const demo_six demo_other = {4, 7, 4, 9, 12, 11};

/* Published: October and November; the months before are made up. */
const struct demo_topic demo_topics[] = {
    {"one-click", {497, 461, 485, 453, 419, 418}},
    {"fake-antivirus", {9, 8, 14, 9, 7, 11}},
    {"winny", {13, 10, 17, 15, 12, 35}},
    {"targeted-mail", {5, 2, 4, 6, 9, 1}},
    {0},
};

/* Published: November, and July; the other months are made up so that November lies below October. */
const demo_six demo_accesses = {108430, 102888, 104380, 99850, 97240, 86568};
const demo_six demo_sources = {48390, 46222, 45160, 42970, 41830, 36259};

/* Made up: only the names of a usual top ten, and 8909/tcp growing from August on. */
const struct demo_port demo_ports[] = {
    {"tcp", 445, 42, {31200, 30150, 28400, 27210, 26020, 24810}},
    {"tcp", 1433, 36, {11900, 11420, 10930, 10480, 10210, 9930}},
    {"tcp", 22, 14, {7350, 7810, 7560, 7390, 7610, 7420}},
    {"tcp", 3389, 45, {2480, 2610, 6920, 8130, 7040, 6480}},
    {"icmp", 8, 62, {5930, 5710, 5580, 5390, 5310, 5260}},
    {"tcp", 80, 40, {4480, 4390, 4620, 4410, 4390, 4350}},
    {"tcp", 135, 50, {5620, 5210, 4830, 4570, 4360, 4120}},
    {"tcp", 23, 45, {3360, 3290, 3310, 3270, 3250, 3230}},
    {"udp", 5060, 30, {2510, 2580, 2690, 2760, 2740, 2710}},
    {"udp", 1434, 85, {2480, 2310, 2190, 2070, 1980, 1870}},
    {"tcp", 8909, 39, {0, 0, 260, 610, 1240, 2380}},
    {0},
};

/* Made up: what the ports above leave of a month is shared among these, and among the many of traffic.c. */
const struct demo_other_port demo_other_ports[] = {
    {"tcp", 8080, 30}, {"tcp", 139, 28},  {"tcp", 3306, 26}, {"udp", 137, 26},  {"tcp", 25, 24},
    {"tcp", 4899, 22}, {"tcp", 21, 20},   {"tcp", 5900, 20}, {"tcp", 9415, 20}, {"udp", 53, 18},
    {"tcp", 3128, 16}, {"tcp", 443, 14},  {"tcp", 1080, 14}, {"tcp", 8000, 12}, {"tcp", 27977, 12},
    {"udp", 161, 10},  {"tcp", 2967, 10}, {"tcp", 110, 6},   {"tcp", 6129, 6},  {"tcp", 10000, 6},
    {"tcp", 8118, 6},  {"tcp", 7212, 6},  {"tcp", 808, 6},   {"udp", 123, 6},   {"udp", 1900, 6},
    {"icmp6", 128, 6}, {"tcp", 8088, 5},  {"tcp", 2479, 5},  {"tcp", 6588, 5},  {"tcp", 111, 4},
    {"tcp", 1723, 4},  {"tcp", 8085, 4},  {"ip", 47, 3},     {"udp", 19, 3},    {"udp", 111, 3},
    {"udp", 500, 3},   {"tcp", 73, 3},    {"icmp", 13, 2},   {"udp", 69, 2},    {0},
};
